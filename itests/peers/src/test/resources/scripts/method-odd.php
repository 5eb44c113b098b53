<?php
// SPDX-License-Identifier: Apache-2.0
// @method BREW
echo $_SERVER['REQUEST_METHOD'], "\n";
