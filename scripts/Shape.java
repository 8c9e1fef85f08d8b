import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/// Prints the shape of the product's code: files, lines, methods, packages, visibility, and words that
/// the vocabulary replaces. Run by shape.sh.
final class Shape {

  private static final Map<String, Pattern> WORDS = words();

  private final String module;
  private final List<Integer> methods = new ArrayList<>();
  private final Map<String, Integer> packages = new TreeMap<>();
  private int files;
  private int lines;
  private int types;
  private int hidden;

  private Shape(String module) {
    this.module = module;
  }

  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments.length > 0 ? arguments[0] : ".").toRealPath();
    System.out.printf(
        "%-20s %6s %7s %8s %7s %5s %5s %14s %16s%n",
        "module", "files", "lines", "methods", "median", "p95", "most", "hidden types", "largest package");
    for (Path module : modules(root)) {
      var shape = new Shape(root.relativize(module).toString());
      shape.measure(module.resolve("src/main/java"));
      shape.print();
    }
    System.out.println();
    System.out.println("words in sources, tests and docs, without ADRs and the changelog");
    count(root).forEach((word, number) -> System.out.printf("%-32s %6d%n", word, number));
  }

  private static List<Path> modules(Path root) throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.filter(entry -> Files.isDirectory(entry.resolve("src/main/java"))).sorted().toList();
    }
  }

  private void measure(Path sources) throws IOException {
    List<Path> all = files(sources, ".java");
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, List.of("--release", "25"), null, manager.getJavaFileObjectsFromPaths(all));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        measure(unit, positions);
      }
    }
  }

  private void measure(CompilationUnitTree unit, SourcePositions positions) throws IOException {
    files++;
    lines += (int) unit.getSourceFile().getCharContent(true).toString().lines().count();
    if (unit.getPackageName() != null) {
      packages.merge(unit.getPackageName().toString(), 1, Integer::sum);
    }
    for (var tree : unit.getTypeDecls()) {
      if (tree instanceof ClassTree type) {
        types++;
        hidden += type.getModifiers().getFlags().contains(Modifier.PUBLIC) ? 0 : 1;
      }
    }
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitMethod(MethodTree method, Void nothing) {
        long end = positions.getEndPosition(unit, method);
        // Constructors that the compiler adds have no end.
        if (method.getBody() != null && end >= 0) {
          long begin = positions.getStartPosition(unit, method.getReturnType() == null ? method : method.getReturnType());
          var map = unit.getLineMap();
          methods.add((int) (map.getLineNumber(end) - map.getLineNumber(begin) + 1));
        }
        return super.visitMethod(method, nothing);
      }
    }.scan(unit, null);
  }

  private void print() {
    methods.sort(null);
    var largest = packages.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    System.out.printf(
        "%-20s %6d %7d %8d %7d %5d %5d %8d %3d %% %4d %s%n",
        module,
        files,
        lines,
        methods.size(),
        share(0.5),
        share(0.95),
        methods.isEmpty() ? 0 : methods.getLast(),
        hidden,
        types == 0 ? 0 : Math.round(100.0 * hidden / types),
        largest.getValue(),
        largest.getKey());
  }

  private int share(double part) {
    return methods.isEmpty() ? 0 : methods.get((int) Math.ceil(part * methods.size()) - 1);
  }

  private static Map<String, Pattern> words() {
    var words = new LinkedHashMap<String, Pattern>();
    words.put("tell, told", Pattern.compile("\\b(?:tell|tells|told|telling)\\b", Pattern.CASE_INSENSITIVE));
    words.put(
        "somebody, nobody, whoever",
        Pattern.compile("\\b(?:some|no|any|every)body\\b|\\bwhoever\\b", Pattern.CASE_INSENSITIVE));
    words.put("so many, so long", Pattern.compile("\\bso (?:many|long)\\b", Pattern.CASE_INSENSITIVE));
    words.put("anew", Pattern.compile("\\banew\\b", Pattern.CASE_INSENSITIVE));
    words.put("at it", Pattern.compile("\\bat it\\b", Pattern.CASE_INSENSITIVE));
    words.put("goes by", Pattern.compile("\\bgo(?:es)? by\\b", Pattern.CASE_INSENSITIVE));
    return words;
  }

  private static Map<String, Long> count(Path root) throws IOException {
    var counts = new LinkedHashMap<String, Long>();
    WORDS.keySet().forEach(word -> counts.put(word, 0L));
    for (Path file : files(root, ".java", ".md", ".lua", ".sql", ".sh", ".json", "sluice")) {
      String name = root.relativize(file).toString();
      if (name.startsWith("docs/adr") || name.startsWith("CHANGELOG") || name.contains("target/") || name.equals("scripts/Shape.java")) {
        continue;
      }
      String text = Files.readString(file);
      WORDS.forEach((word, pattern) -> counts.merge(word, pattern.matcher(text).results().count(), Long::sum));
    }
    return counts;
  }

  private static List<Path> files(Path folder, String... endings) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.toString().contains("/."))
          .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
