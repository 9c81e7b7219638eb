package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.taskweaver.agents.CodingAgent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an executor can do with what it finds on its machine. */
class ConfiguredAgentsTest {
    @TempDir
    Path folder;

    private Path programs;

    @BeforeEach
    void makeFolders() throws Exception {
        programs = Files.createDirectory(folder.resolve("bin"));
    }

    private void install(String... names) throws Exception {
        for (var name : names)
            Files.createFile(
                    programs.resolve(name),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    private ConfiguredAgents configured(String... settings) {
        var values = new HashMap<String, String>();
        values.put("taskweaver.executor.work", folder.resolve("work").toString());
        for (int i = 0; i < settings.length; i += 2) values.put(settings[i], settings[i + 1]);
        var config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter())
                .withMapping(ExecutorSettings.class)
                .withMapping(AgentSettings.class)
                .withSources(new PropertiesConfigSource(values, "test", 500))
                .build();
        return ConfiguredAgents.of(
                config.getConfigMapping(AgentSettings.class),
                config.getConfigMapping(ExecutorSettings.class),
                Map.of("PATH", programs.toString(), "HOME", folder.toString()));
    }

    @Test
    void an_agent_whose_program_is_there_is_used_where_git_and_bash_are() throws Exception {
        install("claude", "git", "bash");
        assertThat(configured().agents()).extracting(CodingAgent::name).containsExactly("claude");
        assertThat(configured().none()).isEmpty();
        assertThat(configured().lacks()).isEmpty();
    }

    @Test
    void without_git_an_agent_with_a_command_line_is_not_used_and_what_to_install_is_said() throws Exception {
        install("claude", "bash");
        assertThat(configured().agents()).isEmpty();
        assertThat(configured().none())
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("The agent claude is not used. There is no 'git' on the PATH. Install Git"));
    }

    @Test
    void an_executor_that_lacks_what_checks_need_works_and_says_what_is_not_checked() throws Exception {
        var lacking = configured("taskweaver.agent.simulated.url", "http://127.0.0.1:9");
        assertThat(lacking.none()).isEmpty();
        assertThat(lacking.lacks())
                .contains(
                        "Contracts are not checked. There is no 'bash' on the PATH. Install Bash: it runs the commands.",
                        "Results cannot be verified. There is no 'bash' on the PATH. Install Bash: it runs the commands.");
        install("bash", "git");
        var file = Files.createFile(folder.resolve("file"));
        assertThat(configured(
                                "taskweaver.agent.simulated.url",
                                "http://127.0.0.1:9",
                                "taskweaver.executor.work",
                                file.toString())
                        .lacks())
                .anyMatch(lack -> lack.contains("The folder " + file))
                .allMatch(lack -> lack.contains("taskweaver.executor.work"));
    }
}
