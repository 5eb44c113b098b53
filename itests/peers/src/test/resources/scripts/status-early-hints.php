<?php
// SPDX-License-Identifier: Apache-2.0
header('Link: </style.css>; rel=preload', true, 103);
echo "text\n";
