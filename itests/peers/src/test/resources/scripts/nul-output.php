<?php
// SPDX-License-Identifier: Apache-2.0
echo "a\0b\r\n\r\nc";
