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

                What each command says under `--help`. This page is made from it: a test fails when it is stale.

                `run` uses the runtime of the data folder. If none is up it starts one and stops it at the end; `up` starts
                one that stays. With `--config FILE`, `--cluster`, or `--bootstrap` and `--registry`, the commands talk to a
                cluster instead: [cluster.md](cluster.md).

                ## Exit codes

                | code | meaning |
                |---:|---|
                | 0 | done |
                | 1 | the plan failed or was cancelled |
                | 2 | wrong usage, or an input that can not be used |
                | 3 | no JDK was found |
                | 4 | the runtime could not start, died, or does not answer |
                | 5 | the agent's credentials are missing or were refused, or its budget is spent |
                | 130 | interrupted |

                ## Environment

                | variable | meaning |
                |---|---|
                | `CODEGEN_API_TOKEN`, `CODEGEN_ORG_ID` | credentials of the agent `codegen`; without them `simulated` does the work |
                | `KAFKA_*`, `TASKWEAVER_REGISTRY_*`, `TASKWEAVER_CONTEXT_URL`, `TASKWEAVER_ACCESS_*`, `TASKWEAVER_TOPIC_PREFIX` | how a cluster is reached, where one was named by `--cluster`, `--config` or `--bootstrap`; see [cluster.md](cluster.md) |
                | `TASKWEAVER_RUNTIME_OPTS` | further options for the JVM of the local runtime |
                | `NO_COLOR` | no colours |

                """);
        var root = CommandLines.of(Surroundings.ofThisProcess());
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
