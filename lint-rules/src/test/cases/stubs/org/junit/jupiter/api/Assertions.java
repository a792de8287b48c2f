package org.junit.jupiter.api;

import org.junit.jupiter.api.function.Executable;

public final class Assertions {
    public static <T extends Throwable> T assertThrows(Class<T> type, Executable executable) { throw new UnsupportedOperationException(); }
    public static void assertEquals(Object expected, Object actual) { throw new UnsupportedOperationException(); }
}
