# SPDX-License-Identifier: Apache-2.0
# The application behind the tests: the same pages as the responder's, chosen by PATH_INFO.
package App;

use strict;
use warnings;
use Digest::SHA;

my $PERIOD = join '', map { chr } 0 .. 250;

# Answers the request that %ENV, STDIN and STDOUT have.
sub answer {
    my $path = $ENV{PATH_INFO} // '';
    return status(404) unless -e ($ENV{SCRIPT_FILENAME} // '');
    return echo()      if $path eq '/echo';
    return checksum()  if $path eq '/checksum';
    return download()  if $path eq '/download';
    return hello();
}

sub status {
    my ($code) = @_;
    print "Status: $code\r\nContent-Type: text/plain\r\n\r\n$code\n";
}

sub echo {
    print 'Content-Type: ', $ENV{CONTENT_TYPE} || 'application/octet-stream', "\r\n\r\n";
    body(sub { print $_[0] });
}

sub checksum {
    my $sha = Digest::SHA->new(256);
    my $length = 0;
    body(sub { $sha->add($_[0]); $length += length $_[0] });
    print "Content-Type: text/plain\r\n\r\n", $sha->hexdigest, " $length\n";
}

sub download {
    my $bytes = query('bytes');
    print "Content-Type: application/octet-stream\r\nContent-Length: $bytes\r\n\r\n";
    my $piece = $PERIOD x 128;
    for (; $bytes > 0; $bytes -= length $piece) {
        print $bytes >= length $piece ? $piece : substr $piece, 0, $bytes;
    }
}

sub hello {
    my $header = query('header');
    print "Content-Type: text/plain\r\n", $header ? 'X-Large: ' . 'x' x $header . "\r\n" : '', "\r\n";
    print "Hello from Perl\n\n", map { "$_ = $ENV{$_}\n" } sort keys %ENV;
}

sub query {
    my ($name) = @_;
    return ($ENV{QUERY_STRING} // '') =~ /(?:^|&)$name=(\d+)/ ? $1 : 0;
}

sub body {
    my ($take) = @_;
    my $left = $ENV{CONTENT_LENGTH} || 0;
    while ($left > 0) {
        my $count = read STDIN, my $piece, $left < 65536 ? $left : 65536;
        last unless $count;
        $take->($piece);
        $left -= $count;
    }
}

1;
