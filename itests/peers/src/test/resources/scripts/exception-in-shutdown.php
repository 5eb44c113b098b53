<?php
// SPDX-License-Identifier: Apache-2.0
register_shutdown_function(function () {
    throw new LogicException('late');
});
echo "text\n";
