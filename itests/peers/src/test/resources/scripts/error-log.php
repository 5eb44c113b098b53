<?php
// SPDX-License-Identifier: Apache-2.0
error_log('one');
error_log("two\nlines");
error_log('with a blank at its end ');
error_log('');
echo "text\n";
