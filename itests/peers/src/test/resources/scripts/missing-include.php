<?php
// SPDX-License-Identifier: Apache-2.0
include '/nowhere/absent.php';
require '/nowhere/absent.php';
