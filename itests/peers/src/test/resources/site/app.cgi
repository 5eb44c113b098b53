#!/usr/bin/perl
# SPDX-License-Identifier: Apache-2.0
# The application as plain CGI, for fcgiwrap.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use App;

binmode STDIN;
binmode STDOUT;
App::answer();
