<?php
// SPDX-License-Identifier: Apache-2.0
// @method POST
// @header Content-Type: multipart/form-data; boundary=b
// @body --b\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\ncontent\r\n--b--\r\n
$file = $_FILES['f'];
echo $file['name'], ' ', $file['size'], ' ', file_get_contents($file['tmp_name']), "\n";
var_dump(is_uploaded_file($file['tmp_name']), move_uploaded_file($file['tmp_name'], $_SERVER['MARK']));
