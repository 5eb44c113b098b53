<?php
// SPDX-License-Identifier: Apache-2.0
function twice() {}
function twice() {}
