<?php
// SPDX-License-Identifier: Apache-2.0
header('Location: /elsewhere?x=1');
