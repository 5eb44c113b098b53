// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi;

/** The types of records (FastCGI 1.0, section 8). */
public enum RecordType {
    BEGIN_REQUEST(1),
    ABORT_REQUEST(2),
    END_REQUEST(3),
    PARAMS(4),
    STDIN(5),
    STDOUT(6),
    STDERR(7),
    DATA(8),
    GET_VALUES(9),
    GET_VALUES_RESULT(10),
    UNKNOWN_TYPE(11);

    private static final RecordType[] BY_CODE = new RecordType[12];

    static {
        for (RecordType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;

    RecordType(int code) {
        this.code = code;
    }

    /** The value of the header's type byte. */
    public int code() {
        return code;
    }

    /** The type of that code (0 to 255), or null when FastCGI 1.0 knows none. */
    public static RecordType of(int code) {
        return code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
