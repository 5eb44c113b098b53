<?php
// SPDX-License-Identifier: Apache-2.0
// @pool php_value[session.save_path] = @MARK@
session_start();
session_regenerate_id(true);
echo strlen(session_id()), "\n";
