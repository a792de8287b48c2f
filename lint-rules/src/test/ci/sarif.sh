# DoorsIT runs this; the README shows the region.
# region sarif
java -jar trestle-lint-rules.jar --classpath "$CLASSPATH" \
  --format sarif --output lint.sarif src/main/java
# endregion
