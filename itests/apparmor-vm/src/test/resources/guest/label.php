<?php
// SPDX-License-Identifier: Apache-2.0
echo file_get_contents('/proc/self/attr/current');
