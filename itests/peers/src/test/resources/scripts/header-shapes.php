<?php
// SPDX-License-Identifier: Apache-2.0
header('X-Blanks:   a   b  ');
header('X-Empty:');
header('x-lower: 1');
header('X-Twice: 1');
header('X-Twice: 2', false);
header('X-Replaced: 1');
header('x-replaced: 2');
header("X-Bytes: caf\xe9 \xc3\xbc");
header('X-Colon: a: b: c');
header('X-Quotes: "a\\"b"; c');
echo "text\n";
