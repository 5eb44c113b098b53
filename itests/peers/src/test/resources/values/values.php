<?php
// SPDX-License-Identifier: Apache-2.0
// Tells all that a script can read about its request and its settings, a value a line: what it is, its name, the value.

function told(string $what, string $name, mixed $value): void
{
    $flags = JSON_PARTIAL_OUTPUT_ON_ERROR | JSON_INVALID_UTF8_SUBSTITUTE | JSON_UNESCAPED_SLASHES;
    echo $what, "\t", rawurlencode($name), "\t", rawurlencode(is_string($value) ? $value : json_encode($value, $flags)), "\n";
}

function all(string $what, array $values): void
{
    foreach ($values as $name => $value) {
        told($what, $name, $value);
    }
}

header('Content-Type: text/plain; charset=us-ascii');
all('$_SERVER', $_SERVER);
all('getenv()', getenv());
foreach (array_keys($_SERVER) as $name) {
    told('getenv(name)', $name, getenv($name));
}
foreach (['_GET' => $_GET, '_POST' => $_POST, '_COOKIE' => $_COOKIE, '_REQUEST' => $_REQUEST, '_ENV' => $_ENV] as $what => $values) {
    all('$' . $what, $values);
}
foreach ($_FILES as $name => $file) {
    told('$_FILES', $name, array_diff_key($file, ['tmp_name' => 0]));
}
all('getallheaders()', getallheaders());
told('script', '__FILE__', __FILE__);
told('script', 'getcwd()', getcwd());
told('script', 'get_included_files()', get_included_files());
told('script', 'php://input', file_get_contents('php://input'));
if (isset($_GET['settings'])) {
    foreach (ini_get_all() as $name => $setting) {
        told('ini_get_all()', $name, $setting);
    }
    foreach (['memory_limit', 'user_agent', 'open_basedir', 'precision', 'post_max_size', 'max_execution_time'] as $name) {
        told('ini_set()', $name, ini_set($name, '5'));
    }
    foreach (['PHP_SAPI', 'PHP_VERSION', 'PHP_BINARY'] as $name) {
        told('constant', $name, constant($name));
    }
    told('script', 'php_sapi_name()', php_sapi_name());
    told('script', 'php_ini_loaded_file()', php_ini_loaded_file());
    told('script', 'php_ini_scanned_files()', php_ini_scanned_files());
    told('script', 'umask()', umask());
    told('script', 'posix_getpwuid()', posix_getpwuid(posix_geteuid())['name']);
    told('script', 'posix_getgroups()', posix_getgroups());
    told('script', 'posix_getrlimit()', posix_getrlimit());
    foreach (get_loaded_extensions() as $name) {
        told('extension', $name, phpversion($name));
    }
    foreach (get_defined_functions()['internal'] as $name) {
        told('function', $name, true);
    }
    foreach (stream_get_wrappers() as $name) {
        told('wrapper', $name, true);
    }
}
