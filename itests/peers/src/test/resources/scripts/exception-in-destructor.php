<?php
// SPDX-License-Identifier: Apache-2.0
class Late
{
    public function __destruct()
    {
        echo "destructed\n";
        throw new LogicException('late');
    }
}
$late = new Late();
echo "text\n";
