<?php
// SPDX-License-Identifier: Apache-2.0
class Last
{
    public function __destruct()
    {
        echo "destructed\n";
        file_put_contents($_SERVER['MARK'], 'destructed');
    }
}
$last = new Last();
echo "text\n";
