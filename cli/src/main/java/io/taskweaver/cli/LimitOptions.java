package io.taskweaver.cli;

import io.taskweaver.model.Limits;
import io.taskweaver.model.Limits.Allowance;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a plan may use up. */
@HelpHeading("Limits")
final class LimitOptions {
    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

    @HelpHeading("")
    @Option(
            names = "--budget",
            paramLabel = "USD",
            description = "Maximum cost of the plan, as reported by its agents. When it is reached, no further task"
                    + " starts; running tasks continue.")
    private @Nullable BigDecimal budget;

    @Option(
            names = "--soft-budget",
            paramLabel = "USD",
            description = "Cost at which to warn (default: 80 %% of --budget).")
    private @Nullable BigDecimal softBudget;

    @Option(names = "--token-budget", paramLabel = "N", description = "Maximum number of input and output tokens.")
    private @Nullable Long tokens;

    @Option(
            names = "--soft-token-budget",
            paramLabel = "N",
            description = "Number of tokens at which to warn (default: 80 %% of --token-budget).")
    private @Nullable Long softTokens;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            description =
                    "Time after which no further task starts, e.g. 90m or 8h, counted from the start or resumption of the"
                            + " plan.")
    private @Nullable String deadline;

    /**
     * The limits.
     *
     * @throws CommandFailure if one makes no sense
     */
    Limits read() {
        return new Limits(
                Optional.ofNullable(deadline).map(LimitOptions::time),
                allowance("--budget", micros(budget), "--soft-budget", micros(softBudget)),
                allowance("--token-budget", tokens, "--soft-token-budget", softTokens));
    }

    private static Optional<Allowance> allowance(
            String name, @Nullable Long hard, String softName, @Nullable Long soft) {
        if (hard == null) {
            if (soft == null) return Optional.empty();
            throw CommandFailure.badInput(
                    softName + " needs " + name + ".", "Add " + name + ", or leave " + softName + " out.");
        }
        if (hard < 1)
            throw CommandFailure.badInput(name + " must be greater than 0.", "Use a positive number, or leave it out.");
        if (soft == null) return Optional.of(Allowance.of(hard));
        if (soft < 0 || soft > hard)
            throw CommandFailure.badInput(
                    softName + " is higher than " + name + ".", "Use a lower value for " + softName + ".");
        return Optional.of(new Allowance(soft, hard));
    }

    private static @Nullable Long micros(@Nullable BigDecimal dollars) {
        if (dollars == null) return null;
        try {
            return dollars.multiply(MICROS).setScale(0, RoundingMode.HALF_UP).longValueExact();
        } catch (ArithmeticException e) {
            throw CommandFailure.badInput(
                    dollars + " dollars is out of range.", "Use a smaller amount, e.g. --budget 20");
        }
    }

    private static Duration time(String text) {
        try {
            var upper = text.strip().toUpperCase(Locale.ROOT);
            var time = Duration.parse(upper.startsWith("P") ? upper : upper.endsWith("D") ? "P" + upper : "PT" + upper);
            if (time.isPositive()) return time;
        } catch (DateTimeParseException e) {
            // Answered below.
        }
        throw CommandFailure.badInput("--deadline '" + text + "' is not a duration.", "Use e.g. 90m, 8h, 1h30m or 2d.");
    }
}
