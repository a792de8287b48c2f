package dev.trestle.lint;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.tools.SimpleJavaFileObject;
import org.jspecify.annotations.Nullable;

/** One source, from the file system or from a jar, as text that the compiler can read. */
final class SourceFile extends SimpleJavaFileObject {
  private final String shown;
  private final String file;
  private final String text;

  /**
   * Decodes a source. Bytes that are not UTF-8 are taken for ISO-8859-1, which can read anything:
   * only comments and strings of older sources are concerned, and no finding depends on them.
   *
   * @param shown the file as the user named it
   * @param file the file as a relative path with slashes
   * @param bytes what is in it
   */
  SourceFile(String shown, String file, byte[] bytes) {
    super(uri(shown), Kind.SOURCE);
    this.shown = shown;
    this.file = file;
    this.text = decode(bytes);
  }

  String shown() {
    return shown;
  }

  String file() {
    return file;
  }

  @Override
  public String getName() {
    return shown;
  }

  @Override
  public CharSequence getCharContent(boolean ignoreEncodingErrors) {
    return text;
  }

  // Any file may be checked, also one that is not named after the class in it. Only the names that
  // mean something to the compiler by themselves, such as package-info, must be true.
  @Override
  public boolean isNameCompatible(String simpleName, Kind kind) {
    return kind == Kind.SOURCE
        && (!simpleName.endsWith("-info") || file.endsWith(simpleName + ".java"));
  }

  @Override
  public @Nullable NestingKind getNestingKind() {
    return null;
  }

  @Override
  public @Nullable Modifier getAccessLevel() {
    return null;
  }

  private static String decode(byte[] bytes) {
    try {
      CharSequence decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      String text = decoded.toString();
      // Some editors begin a file with a byte order mark, which javac does not skip.
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  private static URI uri(String file) {
    try {
      return new URI("source", null, "/" + file.replace('\\', '/'), null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a file name: " + file, e);
    }
  }
}
