package io.taskweaver.agents.command;

import io.taskweaver.agents.Capabilities.Lack;
import io.taskweaver.agents.command.JavaSources.Construction;
import io.taskweaver.agents.command.JavaSources.Implementation;
import io.taskweaver.model.Contract;
import io.taskweaver.model.IsolatedContext;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * Runs the checks of a component's contract on a class of the result that implements it: compiles both with their
 * dependencies, uses the class in place of the contract's mock, and calls it in a separate process. A result without a
 * Java class that implements the contract, or with one that needs libraries, cannot be checked this way and passes. If
 * a requirement is missing on this machine, a result passes too, and is reported as not checked.
 */
final class ContractCheck {
    /** Name of the folder for its work trees. */
    static final String FOLDER = "contract";

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int MOST_ERRORS = 10;
    private static final String DRIVER = "TaskWeaverContractCheck";
    private static final String JAVA = ".java";

    /** Errors about missing dependencies, not about the result. */
    private static final Set<String> ELSEWHERE = Set.of(
            "compiler.err.doesnt.exist",
            "compiler.err.package.not.visible",
            "compiler.err.module.not.found",
            "compiler.err.cant.access");

    private static final String UNRESOLVED = "compiler.err.cant.resolve";

    /** Names of files that may declare types: sources of other languages, libraries, builds and what they generate from. */
    private static final Pattern DECLARING = Pattern.compile("pom\\.xml|build\\.xml|BUILD(?:\\.bazel)?|WORKSPACE"
            + "|.+\\.(?:kt|kts|scala|groovy|gradle|clj|jar|class|proto|avsc|avdl|g4|xsd|wsdl|thrift|fbs)");

    /** A compiler takes tens of megabytes. */
    private static final Semaphore COMPILERS =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    private final Path folder;
    private final boolean keep;
    private final Environment environment;
    private final TreePreparation preparation;
    private final Sandbox sandbox;
    private final List<Lack> lacks;

    /** @param lacks why checks are impossible on this machine; empty if they are possible */
    ContractCheck(
            Path folder,
            boolean keep,
            Environment environment,
            TreePreparation preparation,
            Sandbox sandbox,
            List<Lack> lacks) {
        this.sandbox = sandbox;
        this.lacks = List.copyOf(lacks);
        this.folder = folder.resolve(FOLDER);
        this.keep = keep;
        this.environment = environment;
        this.preparation = preparation;
    }

    /** The Java sources of a contract. */
    private record Terms(Contract contract, Contract.Artifact type, Contract.Artifact mock, Contract.Artifact checks) {
        static Optional<Terms> of(Contract contract) {
            return source(contract, Contract.Kind.INTERFACE)
                    .flatMap(type -> source(contract, Contract.Kind.MOCK)
                            .flatMap(mock -> source(contract, Contract.Kind.VALIDATION)
                                    .map(checks -> new Terms(contract, type, mock, checks))));
        }

        private static Optional<Contract.Artifact> source(Contract contract, Contract.Kind kind) {
            return contract.files().stream()
                    .filter(artifact ->
                            artifact.kind() == kind && artifact.path().endsWith(JAVA))
                    .findFirst();
        }

        List<Contract.Artifact> sources() {
            return List.of(type, mock, checks);
        }

        String folderOfTests() {
            return JavaSources.rootOf(mock.path(), JavaSources.packageOf(mock.content())) + "/";
        }

        String typeName() {
            return JavaSources.typeOf(type.path());
        }
    }

    /** A class of the result, and its file. */
    private record Candidate(String path, Implementation type) {}

    /**
     * Checks the contract of the task's component in a result.
     *
     * @param name name of the work tree's folder, one for each attempt
     * @param limit how long the preparation of the work tree may take
     */
    CheckResult run(String name, IsolatedContext given, CheckedCode result, Duration limit)
            throws InterruptedException {
        var terms = given.contracts().stream()
                .filter(contract -> given.task()
                        .component()
                        .filter(contract.component()::equals)
                        .isPresent())
                .findFirst()
                .flatMap(Terms::of);
        if (terms.isEmpty()
                || result.changes().stream().noneMatch(changed -> changed.path().endsWith(JAVA)))
            return new CheckResult.Passed();
        if (!lacks.isEmpty())
            return new CheckResult.Passed(
                    List.of("the contract of " + terms.get().contract().component() + ". " + lacks.getFirst()));
        var compiler = ToolProvider.getSystemJavaCompiler();
        var made = new CheckFolder(folder, name);
        try {
            var candidate = candidate(compiler, terms.get(), result);
            if (candidate.isEmpty()) return new CheckResult.Passed();
            return switch (made.make(result.forWorkTree(), preparation, limit)) {
                case CheckFolder.Work.Unprepared(String why) -> new CheckResult.Unprepared(why);
                case CheckFolder.Work.Ready(Path code) ->
                    check(terms.get(), candidate.get(), result, code, made.run())
                            .verdict(compiler);
            };
        } catch (IOException e) {
            return CheckResult.Impossible.of("The contract's checks could not be run", e, environment);
        } finally {
            made.close(keep);
        }
    }

    private Check check(Terms terms, Candidate candidate, CheckedCode result, Path code, RunFolder run)
            throws IOException {
        for (var source : terms.sources()) CheckFolder.write(code, source.path(), source.content());
        var ours = result.changes().stream()
                .map(changed -> code.resolve(changed.path()))
                .collect(Collectors.toUnmodifiableSet());
        var roots = roots(terms, candidate);
        return new Check(terms, candidate, ours, roots, isDeclaredElsewhere(result, roots), code, run);
    }

    /** Folders in which the compiler looks for sources. */
    private static Set<String> roots(Terms terms, Candidate candidate) {
        var roots = new LinkedHashSet<String>();
        for (var source : terms.sources())
            roots.add(JavaSources.rootOf(source.path(), JavaSources.packageOf(source.content())));
        roots.add(JavaSources.rootOf(candidate.path(), candidate.type().packageName()));
        return roots;
    }

    /**
     * Whether the code has files that may declare types where the compiler does not look: sources of another language or
     * in another folder, libraries, what a build generates sources from.
     */
    private static boolean isDeclaredElsewhere(CheckedCode result, Set<String> roots) throws IOException {
        var found = new AtomicBoolean();
        result.repository().eachFile(result.result().tree(), (path, entry) -> {
            var name = path.substring(path.lastIndexOf('/') + 1);
            if (DECLARING.matcher(name).matches()
                    || name.endsWith(JAVA)
                            && roots.stream()
                                    .noneMatch(root -> isBelow(path, result.at().inTree(root)))) found.set(true);
        });
        return found.get();
    }

    private static boolean isBelow(String path, String folder) {
        return folder.isEmpty() || path.startsWith(folder.endsWith("/") ? folder : folder + "/");
    }

    /** A class at the place of the contract's mock is a test double, and is not checked. */
    private static Optional<Candidate> candidate(JavaCompiler compiler, Terms terms, CheckedCode result)
            throws IOException {
        var tests = terms.folderOfTests();
        for (var changed : result.changes()) {
            var path = changed.path();
            if (!path.endsWith(JAVA) || path.equals(terms.type().path()) || path.startsWith(tests)) continue;
            var type = result.text(changed.change())
                    .flatMap(text -> JavaSources.implementation(compiler, text, terms.typeName()));
            if (type.isPresent()) return Optional.of(new Candidate(path, type.get()));
        }
        return Optional.empty();
    }

    /** The check of one class. */
    private final class Check {
        private final Terms terms;
        private final Candidate candidate;
        /** Files that the result changed. */
        private final Set<Path> ours;

        /** Below the folder of the code. */
        private final Set<String> roots;

        /** Whether a type that is not found may be declared somewhere in the code. */
        private final boolean elsewhere;

        private final Path code;
        private final RunFolder run;
        private final Path classes;
        private final Path driver;
        /** Prefix of the check's own output lines. */
        private final String mark = "check-" + UUID.randomUUID();

        Check(
                Terms terms,
                Candidate candidate,
                Set<Path> ours,
                Set<String> roots,
                boolean elsewhere,
                Path code,
                RunFolder run) {
            this.terms = terms;
            this.candidate = candidate;
            this.ours = ours;
            this.roots = roots;
            this.elsewhere = elsewhere;
            this.code = code;
            this.run = run;
            this.classes = run.path().resolve("classes");
            this.driver = run.path().resolve(DRIVER + JAVA);
        }

        CheckResult verdict(JavaCompiler compiler) throws IOException, InterruptedException {
            boolean callable = candidate.type().construction() != Construction.UNKNOWN;
            if (callable) Files.writeString(driver, driver());
            var compiled = compile(compiler, callable);
            var errors = compiled.errors();
            // A compiler that aborts, e.g. on too deep nesting, reports no error.
            if (!compiled.done() && errors.isEmpty()) return new CheckResult.Passed();
            if (errors.stream().anyMatch(this::isElsewhere)) return new CheckResult.Passed();
            if (!errors.isEmpty())
                return new CheckResult.Failed("The result does not compile with the contract of "
                        + terms.contract().component() + ":\n" + formatted(errors));
            return callable ? called() : new CheckResult.Passed();
        }

        private record Compiled(boolean done, List<Diagnostic<? extends JavaFileObject>> errors) {}

        private Compiled compile(JavaCompiler compiler, boolean callable) throws IOException, InterruptedException {
            boolean done;
            Files.createDirectories(classes);
            var sources = new ArrayList<Path>();
            terms.sources().forEach(source -> sources.add(code.resolve(source.path())));
            sources.add(code.resolve(candidate.path()));
            if (callable) sources.add(driver);
            var found = new DiagnosticCollector<JavaFileObject>();
            var options = List.of(
                    "-proc:none",
                    "-Xlint:none",
                    "-d",
                    classes.toString(),
                    // Without it, the classes of this program would be visible.
                    "-classpath",
                    classes.toString(),
                    "-sourcepath",
                    roots.stream()
                            .map(root -> code.resolve(root).toString())
                            .collect(Collectors.joining(File.pathSeparator)));
            COMPILERS.acquire();
            try (var manager = compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
                done = compiler.getTask(
                                Writer.nullWriter(),
                                manager,
                                found,
                                options,
                                null,
                                manager.getJavaFileObjectsFromPaths(sources))
                        .call();
            } finally {
                COMPILERS.release();
            }
            return new Compiled(
                    done,
                    found.getDiagnostics().stream()
                            .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                            .toList());
        }

        /**
         * Whether an error may be caused outside the result: by a missing library, generated code, another language in
         * the same code base.
         */
        private boolean isElsewhere(Diagnostic<? extends JavaFileObject> error) {
            var kind = error.getCode();
            if (error.getSource() == null || ELSEWHERE.contains(kind)) return true;
            if (elsewhere && kind.startsWith(UNRESOLVED)) return true;
            return !ours.contains(fileOf(error));
        }

        private static Path fileOf(Diagnostic<? extends JavaFileObject> error) {
            return Path.of(error.getSource().toUri());
        }

        private String formatted(List<Diagnostic<? extends JavaFileObject>> errors) {
            return errors.stream()
                    .limit(MOST_ERRORS)
                    .map(error -> code.relativize(fileOf(error)) + ":" + error.getLineNumber() + ": "
                            + error.getMessage(Locale.ROOT))
                    .collect(Collectors.joining("\n"));
        }

        private CheckResult called() throws IOException, InterruptedException {
            var command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx256m",
                    "-cp",
                    classes.toString(),
                    JavaSources.qualified(candidate.type().packageName(), DRIVER));
            var needs = new SandboxNeeds(
                    List.of(classes.toString(), System.getProperty("java.home")),
                    List.of(),
                    List.of(),
                    List.of(),
                    false);
            return switch (new CheckCommand(run, environment, sandbox).run(command, code, LIMIT, needs)) {
                case CheckCommand.End.Stopped(String why) -> failed("calling it " + why);
                case CheckCommand.End.Exited(int exit, String printed, var _) -> {
                    var lines = printed.lines()
                            .filter(line -> line.startsWith(mark))
                            .map(line -> line.substring(mark.length() + 1))
                            .toList();
                    if (lines.isEmpty() || !lines.getLast().startsWith("end "))
                        yield failed("calling it ended the process with exit code " + exit + ":\n" + printed);
                    // Counted, since only the last lines are kept.
                    yield lines.getLast().equals("end 0")
                            ? new CheckResult.Passed()
                            : failed(String.join("\n", lines.subList(0, lines.size() - 1)));
                }
            };
        }

        private CheckResult failed(String why) {
            return new CheckResult.Failed("The checks of the contract of "
                    + terms.contract().component() + " fail on " + expression(true) + ":\n" + why);
        }

        private String expression(boolean forPeople) {
            var mock = forPeople
                    ? JavaSources.typeOf(terms.mock().path())
                    : JavaSources.qualified(
                            JavaSources.packageOf(terms.mock().content()),
                            JavaSources.typeOf(terms.mock().path()));
            var arguments = candidate.type().construction() == Construction.FROM_ANOTHER ? "new " + mock + "()" : "";
            var type = forPeople ? candidate.type().name() : candidate.type().qualifiedName();
            return "new " + type + "(" + arguments + ")";
        }

        private String driver() {
            var checks = JavaSources.qualified(
                    JavaSources.packageOf(terms.checks().content()),
                    JavaSources.typeOf(terms.checks().path()));
            var type = JavaSources.qualified(JavaSources.packageOf(terms.type().content()), terms.typeName());
            var named = candidate.type().packageName().isEmpty()
                    ? ""
                    : "package " + candidate.type().packageName() + ";\n";
            return named + """
                    public final class %1$s {
                        private static final java.io.PrintStream OUT = System.out;

                        public static void main(String[] arguments) {
                            var violations = new java.util.ArrayList<String>();
                            try {
                                %2$s candidate = %3$s;
                                violations.addAll(%4$s.violations(candidate));
                            } catch (Throwable e) {
                                violations.add("it throws " + e);
                            }
                            for (String violation : violations) tell(violation);
                            tell("end " + violations.size());
                            OUT.flush();
                            Runtime.getRuntime().halt(0);
                        }

                        private static void tell(String line) {
                            OUT.println();
                            OUT.println("%5$s " + line.replaceAll("[\\\\r\\\\n]+", " "));
                        }
                    }
                    """.formatted(DRIVER, type, expression(false), checks, mark);
        }
    }
}
