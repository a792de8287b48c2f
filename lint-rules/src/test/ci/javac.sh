# DoorsIT runs this; the README shows the region.
# region javac
javac -processorpath trestle-lint-rules.jar -Xplugin:TrestleLint \
  -d classes $(find src/main/java -name '*.java')
# endregion
