package dev.trestle.lint;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * What may follow {@code -Xplugin:TrestleLint}.
 *
 * @param rules which rules report
 * @param futureTypes further types that are futures
 */
record PluginOptions(RuleSelection rules, List<String> futureTypes) {

  static PluginOptions defaults() {
    return new PluginOptions(RuleSelection.defaults(), List.of());
  }

  /**
   * Reads the plugin's arguments, written {@code --rules LIST} or {@code --rules=LIST}.
   *
   * @throws UsageException if there is an option that the plugin does not have
   */
  static PluginOptions parse(String... args) {
    PluginOptions options = defaults();
    Iterator<String> rest = Arrays.asList(args).iterator();
    while (rest.hasNext()) {
      String word = rest.next();
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (!List.of("--rules", "--future-types").contains(name)) {
        throw new UsageException(
            "there is no option '"
                + name
                + "'; the plugin has --rules LIST and --future-types LIST");
      }
      if (equals < 0 && !rest.hasNext()) {
        throw new UsageException("a list must follow " + name);
      }
      String value = equals < 0 ? rest.next() : word.substring(equals + 1);
      options =
          name.equals("--rules")
              ? new PluginOptions(RuleSelection.parse(value), options.futureTypes)
              : new PluginOptions(options.rules, List.of(value.split(",")));
    }
    return options;
  }
}
