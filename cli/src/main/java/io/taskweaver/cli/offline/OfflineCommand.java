package io.taskweaver.cli.offline;

import io.taskweaver.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that runs nothing: reads what is named or piped in, and writes to a file or to standard output. */
abstract class OfflineCommand implements Callable<Integer> {
    @Mixin
    private OfflineInput input;

    @Mixin
    private OfflineOutput output;

    /** What the command writes: JSON if {@link OfflineOutput#json} says so, else text for people. */
    abstract String result();

    @Override
    public Integer call() {
        output.write(result());
        return ExitCode.DONE;
    }

    final OfflineInput input() {
        return input;
    }

    final OfflineOutput output() {
        return output;
    }
}
