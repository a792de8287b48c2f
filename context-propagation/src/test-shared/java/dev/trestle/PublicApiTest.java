package dev.trestle;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Pins what a module shows to its users. Every module runs this test: it lists the public types of
 * the module and compares them with {@code src/test/resources/public-api.txt}.
 */
class PublicApiTest {
  private static final Path MODULE = Path.of(System.getProperty("basedir", ""));
  private static final Path PINNED = MODULE.resolve("src/test/resources/public-api.txt");

  // Flags that share a bit with another meaning, or that no caller can see.
  private static final int HIDDEN_FLAGS =
      Modifier.VOLATILE
          | Modifier.TRANSIENT
          | Modifier.SYNCHRONIZED
          | Modifier.NATIVE
          | Modifier.STRICT;

  @Test
  void publicSurfaceIsTheOneThatWasAccepted() throws Exception {
    String actual = describe(visibleTypes(MODULE.resolve("target/classes")));
    if (Boolean.getBoolean("trestle.acceptApi")) {
      Files.createDirectories(PINNED.getParent());
      Files.writeString(PINNED, actual);
    }
    String pinned = Files.exists(PINNED) ? Files.readString(PINNED) : "";
    String difference = difference(pinned, actual);
    if (!difference.isEmpty()) {
      fail(
          "the public surface is not the one pinned in "
              + PINNED
              + "\n\n"
              + difference
              + "\n\n"
              + "If you mean the change, run this and commit the file:"
              + " mvn test -Dtest=PublicApiTest -Dtrestle.acceptApi=true\n");
    }
  }

  private static List<Class<?>> visibleTypes(Path classes)
      throws IOException, ClassNotFoundException {
    List<Class<?>> visible = new ArrayList<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name =
            classes
                .relativize(file)
                .toString()
                .replaceAll("\\.class$", "")
                .replaceAll("[/\\\\]", ".");
        Class<?> type = Class.forName(name, false, PublicApiTest.class.getClassLoader());
        if (isVisible(type) && !type.isSynthetic()) {
          visible.add(type);
        }
      }
    }
    return visible;
  }

  private static boolean isVisible(Class<?> type) {
    return isVisible(type.getModifiers())
        && (!type.isMemberClass() || isVisible(type.getDeclaringClass()));
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static String describe(List<Class<?>> types) {
    TreeMap<String, Set<String>> membersByType = new TreeMap<>();
    types.forEach(type -> membersByType.put(describe(type), members(type)));
    StringBuilder text = new StringBuilder();
    membersByType.forEach(
        (type, members) -> {
          text.append(type).append('\n');
          members.forEach(member -> text.append("  ").append(member).append('\n'));
        });
    return text.toString();
  }

  private static Set<String> members(Class<?> type) {
    Set<String> members = new TreeSet<>();
    // What a type inherits from one that is not visible is a part of its own surface.
    for (Class<?> declaring = type;
        declaring != null && (declaring == type || !isVisible(declaring));
        declaring = declaring.getSuperclass()) {
      for (Field field : declaring.getDeclaredFields()) {
        if (isVisible(field.getModifiers()) && !field.isSynthetic()) {
          members.add(describe(field));
        }
      }
      for (Method method : declaring.getDeclaredMethods()) {
        if (isVisible(method.getModifiers()) && !method.isSynthetic()) {
          members.add(describe(method));
        }
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (isVisible(constructor.getModifiers()) && !constructor.isSynthetic()) {
        members.add(describe(constructor, "new"));
      }
    }
    return members;
  }

  private static String describe(Class<?> type) {
    int implied =
        type.isInterface()
            ? Modifier.ABSTRACT | Modifier.INTERFACE
            : type.isEnum() ? Modifier.FINAL : 0;
    Type parent = type.getGenericSuperclass();
    boolean hasOwnParent =
        parent != null && parent != Object.class && !type.isEnum() && !type.isRecord();
    return type.getName()
        + typeParameters(type)
        + ": "
        + modifiers(type.getModifiers() & ~implied)
        + (type.isSealed() ? "sealed " : "")
        + kind(type)
        + (hasOwnParent ? " extends " + parent.getTypeName() : "")
        + list(" implements ", type.getGenericInterfaces(), Type::getTypeName, "")
        + deprecated(type);
  }

  private static String kind(Class<?> type) {
    if (type.isAnnotation()) {
      return "@interface";
    }
    if (type.isInterface()) {
      return "interface";
    }
    return type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
  }

  private static String describe(Field field) {
    return modifiers(field.getModifiers() & ~HIDDEN_FLAGS)
        + nullable(field.getAnnotatedType())
        + field.getGenericType().getTypeName()
        + " "
        + field.getName()
        + deprecated(field);
  }

  private static String describe(Method method) {
    String result =
        nullable(method.getAnnotatedReturnType()) + method.getGenericReturnType().getTypeName();
    return describe(
        method, (method.isDefault() ? "default " : "") + result + " " + method.getName());
  }

  private static String describe(Executable executable, String name) {
    String typeParameters = typeParameters(executable);
    return modifiers(executable.getModifiers() & ~HIDDEN_FLAGS)
        + (typeParameters.isEmpty() ? "" : typeParameters + " ")
        + name
        + Arrays.stream(executable.getParameters())
            .map(PublicApiTest::describe)
            .collect(joining(", ", "(", ")"))
        + list(" throws ", executable.getGenericExceptionTypes(), Type::getTypeName, "")
        + deprecated(executable);
  }

  private static String describe(Parameter parameter) {
    // Of an inner class's constructor, JDK 17 and 25 do not record the same generic types.
    Class<?> owner = parameter.getDeclaringExecutable().getDeclaringClass();
    boolean ofInnerClass = owner.isMemberClass() && !Modifier.isStatic(owner.getModifiers());
    Type type = ofInnerClass ? parameter.getType() : parameter.getParameterizedType();
    String name = type.getTypeName();
    return nullable(parameter.getAnnotatedType())
        + (parameter.isVarArgs() ? name.replaceAll("\\[]$", "...") : name);
  }

  private static String typeParameters(GenericDeclaration declaration) {
    return list("<", declaration.getTypeParameters(), PublicApiTest::describe, ">");
  }

  private static String describe(TypeVariable<?> variable) {
    String bounds =
        Arrays.stream(variable.getBounds()).map(Type::getTypeName).collect(joining(" & "));
    return variable.getName() + (bounds.equals("java.lang.Object") ? "" : " extends " + bounds);
  }

  private static <T> String list(
      String before, T[] items, Function<T, String> describe, String after) {
    return items.length == 0
        ? ""
        : Arrays.stream(items).map(describe).collect(joining(", ", before, after));
  }

  private static String modifiers(int modifiers) {
    return modifiers == 0 ? "" : Modifier.toString(modifiers) + " ";
  }

  private static String nullable(AnnotatedElement type) {
    return Arrays.stream(type.getAnnotations())
            .anyMatch(annotation -> annotation.annotationType().getSimpleName().equals("Nullable"))
        ? "@Nullable "
        : "";
  }

  private static String deprecated(AnnotatedElement element) {
    return element.isAnnotationPresent(Deprecated.class) ? " (deprecated)" : "";
  }

  private static String difference(String pinned, String actual) {
    Set<String> before = statements(pinned);
    Set<String> after = statements(actual);
    Stream<String> gone =
        before.stream().filter(line -> !after.contains(line)).map(line -> "- " + line);
    Stream<String> added =
        after.stream().filter(line -> !before.contains(line)).map(line -> "+ " + line);
    return Stream.concat(gone, added).collect(joining("\n"));
  }

  // One line for each type and each member, so that each says on its own where it belongs.
  private static Set<String> statements(String text) {
    Set<String> statements = new LinkedHashSet<>();
    String type = "";
    for (String line : text.lines().toList()) {
      boolean isMember = line.startsWith(" ");
      type = isMember ? type : line.replaceAll("[<:].*", "");
      statements.add(isMember ? type + " | " + line.strip() : line);
    }
    return statements;
  }
}
