<?php
// SPDX-License-Identifier: Apache-2.0
header('Location: /made', true, 201);
