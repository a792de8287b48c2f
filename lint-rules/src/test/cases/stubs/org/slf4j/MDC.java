package org.slf4j;

public final class MDC {
    public static String get(String key) { throw new UnsupportedOperationException(); }
    public static void put(String key, String value) { throw new UnsupportedOperationException(); }
    public static void remove(String key) { throw new UnsupportedOperationException(); }
    public static void clear() { throw new UnsupportedOperationException(); }
}
