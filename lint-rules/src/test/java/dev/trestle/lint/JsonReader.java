package dev.trestle.lint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON strictly, so that a test notices what a service would refuse. */
final class JsonReader {
  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  static Object read(String text) {
    JsonReader reader = new JsonReader(text);
    Object value = reader.value();
    reader.blanks();
    if (reader.at != text.length()) {
      throw reader.unexpected();
    }
    return value;
  }

  @SuppressWarnings("unchecked")
  static Map<String, ?> object(Object value) {
    return (Map<String, ?>) value;
  }

  static List<?> list(Object value) {
    return (List<?>) value;
  }

  private Object value() {
    blanks();
    switch (text.charAt(at)) {
      case '{':
        Map<String, Object> map = new LinkedHashMap<>();
        at++;
        while (more('}', map.isEmpty())) {
          blanks();
          String key = string();
          blanks();
          expect(':');
          map.put(key, value());
        }
        return map;
      case '[':
        List<Object> list = new ArrayList<>();
        at++;
        while (more(']', list.isEmpty())) {
          list.add(value());
        }
        return list;
      case '"':
        return string();
      default:
        int start = at;
        while (at < text.length() && "+-.0123456789Eaeflrstu".indexOf(text.charAt(at)) >= 0) {
          at++;
        }
        String word = text.substring(start, at);
        return word.equals("true") || word.equals("false")
            ? (Object) word.equals("true")
            : (Object) Double.valueOf(word);
    }
  }

  private boolean more(char end, boolean first) {
    blanks();
    if (text.charAt(at) == end) {
      at++;
      return false;
    }
    if (!first) {
      expect(',');
    }
    return true;
  }

  private String string() {
    expect('"');
    StringBuilder out = new StringBuilder();
    while (text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c < ' ') {
        throw unexpected();
      }
      out.append(c == '\\' ? escape() : c);
    }
    at++;
    return out.toString();
  }

  private char escape() {
    char c = text.charAt(at++);
    if (c == 'u') {
      at += 4;
      return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }
    int index = "\"\\/bfnrt".indexOf(c);
    if (index < 0) {
      throw unexpected();
    }
    return "\"\\/\b\f\n\r\t".charAt(index);
  }

  private void expect(char c) {
    if (text.charAt(at) != c) {
      throw unexpected();
    }
    at++;
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException("not JSON at " + at + ": " + text);
  }
}
