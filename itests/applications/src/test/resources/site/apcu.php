<?php
// SPDX-License-Identifier: Apache-2.0
// A page that keeps its sessions in APCu: what a wiki does whose installer chose that for it.
$id = $_COOKIE['session'] ?? bin2hex(random_bytes(16));
setcookie('session', $id, ['path' => '/', 'httponly' => true]);
$session = apcu_fetch("session:$id") ?: [];

if ($_SERVER['REQUEST_METHOD'] === 'POST') {
    if (($_POST['password'] ?? '') !== 'password') {
        http_response_code(403);
        exit("Wrong password.\n");
    }
    $session['user'] = $_POST['user'];
    $session['since'] = time();
    if (!apcu_store("session:$id", $session, 600)) {
        http_response_code(500);
        exit("The session can't be stored.\n");
    }
    header('Location: apcu.php', true, 303); // answered by a page, so that a reload sends nothing twice
    exit;
}

header('Content-Type: text/html; charset=utf-8');
if (isset($session['user'])) {
    echo '<p>Hello ', htmlspecialchars($session['user']), ".</p>\n";
} else {
    echo "<form method='post'>Please log in.\n";
    echo "<input name='user'> <input name='password' type='password'><button>Log in</button></form>\n";
}
