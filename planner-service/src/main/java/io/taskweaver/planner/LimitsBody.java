package io.taskweaver.planner;

import io.taskweaver.domain.plan.Limits;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a plan may use up, as JSON. What is absent is not limited, or stays as it was.
 *
 * @param withinMillis time from the plan's creation, or from now where a plan is resumed, milliseconds
 * @param costMicros money, millionths of a US dollar
 * @param tokens tokens in and out
 */
public record LimitsBody(
        @Schema(description = "Time from the creation of the plan, or from now where a plan is resumed, milliseconds")
        @Nullable
        Long withinMillis,

        @Schema(description = "Money, millionths of a US dollar") @Nullable
        Amount costMicros,

        @Schema(description = "Tokens in and out") @Nullable Amount tokens) {

    /**
     * An amount.
     *
     * @param soft where the user is warned; four fifths of the hard one if absent
     * @param hard where dispatch stops
     */
    public record Amount(@Nullable Long soft, @Nullable Long hard) {
        private Limits.Allowance allowance() {
            if (hard == null) throw new IllegalArgumentException("a limit needs 'hard'");
            return soft == null ? Limits.Allowance.of(hard) : new Limits.Allowance(soft, hard);
        }

        private static @Nullable Amount of(Optional<Limits.Allowance> allowance) {
            return allowance
                    .map(amount -> new Amount(amount.soft(), amount.hard()))
                    .orElse(null);
        }
    }

    /**
     * The limits that it stands for.
     *
     * @throws IllegalArgumentException if one makes no sense; the message says which
     */
    Limits limits() {
        return new Limits(
                Optional.ofNullable(withinMillis).map(Duration::ofMillis),
                Optional.ofNullable(costMicros).map(Amount::allowance),
                Optional.ofNullable(tokens).map(Amount::allowance));
    }

    static LimitsBody of(Limits limits) {
        return new LimitsBody(
                limits.within().map(Duration::toMillis).orElse(null),
                Amount.of(limits.cost()),
                Amount.of(limits.tokens()));
    }
}
