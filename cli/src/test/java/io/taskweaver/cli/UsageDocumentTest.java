package io.taskweaver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code docs/cli.md} is made of the commands' own help. */
class UsageDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "cli.md");

    @Test
    void the_document_says_what_the_commands_say() throws IOException {
        var wanted = document();
        if (Boolean.getBoolean("docs.update")) Files.writeString(DOCUMENT, wanted);
        assertThat(DOCUMENT)
                .as("stale: write it anew with -Ddocs.update=true")
                .usingCharset(StandardCharsets.UTF_8)
                .hasContent(wanted);
    }

    private static String document() {
        var text = new StringBuilder("""
                # The command line

                The `--help` of each command. This page is generated from it; a test fails when it is stale.

                `run` uses the runtime of the data folder. If none is running, it starts one and stops it at the end; `up` starts
                one that keeps running. With `--config FILE`, `--cluster`, or `--bootstrap` and `--registry`, the commands use a
                cluster instead: [cluster.md](cluster.md).

                ## Exit codes

                | code | meaning |
                |---:|---|
                | 0 | done |
                | 1 | the plan failed or was cancelled |
                | 2 | wrong usage, or an input that cannot be used |
                | 3 | no JDK was found |
                | 4 | the runtime could not be started, ended unexpectedly, or does not respond |
                | 5 | the agent's credentials are missing or were rejected, or the budget is used up |
                | 6 | all that is left of the plan waits for a person, with `--no-wait` |
                | 130 | interrupted |

                ## Environment

                | variable | meaning |
                |---|---|
                | `CODEGEN_API_TOKEN`, `CODEGEN_ORG_ID` | credentials of the agent `codegen`; without them the agent `simulated` is used |
                | `KAFKA_*`, `TASKWEAVER_REGISTRY_*`, `TASKWEAVER_CONTEXT_URL`, `TASKWEAVER_ACCESS_*`, `TASKWEAVER_TOPIC_PREFIX` | the cluster, if `--cluster`, `--config` or `--bootstrap` names one; see [cluster.md](cluster.md) |
                | `TASKWEAVER_RUNTIME_OPTS` | further options for the JVM of the local runtime |
                | `NO_COLOR` | no colours |

                ## JSON progress

                `run --json` and `watch --json` print one object per event, with its `type`. Topics are
                read without an order between them: an event can arrive after one that it caused. `at` is the time of the
                event, and `state` the state of its task after all events that were read so far. So a line of the type `ready`
                can have the state `running` or `merged`. Use `state` for the current state, and `type` for what was published.

                """);
        var root = CommandLines.of(CommandContext.ofThisProcess());
        append(text, root);
        return text.toString();
    }

    private static void append(StringBuilder text, CommandLine command) {
        text.append("## `").append(command.getCommandSpec().qualifiedName()).append("`\n\n```text\n");
        text.append(command.getUsageMessage(CommandLine.Help.Ansi.OFF).strip()).append("\n```\n\n");
        Map<String, CommandLine> subcommands = new TreeMap<>(command.getSubcommands());
        subcommands.values().forEach(subcommand -> append(text, subcommand));
    }
}
