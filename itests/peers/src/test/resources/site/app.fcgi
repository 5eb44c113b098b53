#!/usr/bin/perl
# SPDX-License-Identifier: Apache-2.0
# The application as a FastCGI program, on the FCGI library of Perl.
use strict;
use warnings;
use FCGI;
use FindBin;
use lib $FindBin::Bin;
use App;

my $request = FCGI::Request();
while ($request->Accept() >= 0) {
    App::answer();
}
