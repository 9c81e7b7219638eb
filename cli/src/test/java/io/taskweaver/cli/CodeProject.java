package io.taskweaver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A document and a repository with code, for commands that are judged before anything runs.
 *
 * @param folder has both, and what the commands write
 */
record CodeProject(Path folder) {
    /** Makes them: a program, and a rule by which Git ignores {@code .env}. */
    static CodeProject in(Path folder) throws IOException, InterruptedException {
        var project = new CodeProject(folder);
        Files.createDirectories(project.code());
        Files.writeString(folder.resolve("R.md"), "# Shop\n\n- Users shall be able to order books\n");
        Files.writeString(project.code().resolve(".gitignore"), ".env\n");
        Files.writeString(project.code().resolve("main.js"), "main\n");
        project.git("init", "--quiet");
        project.git("add", "--all");
        project.git("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "--quiet", "-m", "first");
        return project;
    }

    Path code() {
        return folder.resolve("code");
    }

    void git(String... arguments) throws IOException, InterruptedException {
        var line = new ArrayList<>(List.of("git"));
        line.addAll(List.of(arguments));
        var process = new ProcessBuilder(line)
                .directory(code().toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    /** {@code run --plan-only} of the document. */
    Typed run(String... more) {
        var arguments = new ArrayList<>(List.of(
                "run",
                folder.resolve("R.md").toString(),
                "--out",
                folder.resolve("out").toString(),
                "--data-dir",
                folder.resolve("data").toString(),
                "--plan-only"));
        arguments.addAll(List.of(more));
        return Typed.command(arguments.toArray(String[]::new));
    }

    /** The same on the code. */
    Typed onCode(String... more) {
        var arguments = new ArrayList<>(List.of("--code", code().toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }
}
