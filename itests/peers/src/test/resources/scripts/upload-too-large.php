<?php
// SPDX-License-Identifier: Apache-2.0
// @method POST
// @header Content-Type: multipart/form-data; boundary=b
// @pool php_admin_value[upload_max_filesize] = 3
// @body --b\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\ncontent\r\n--b--\r\n
echo $_FILES['f']['error'], "\n";
