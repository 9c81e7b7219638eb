package io.taskweaver.planner;

import io.taskweaver.model.Limits;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Limits of a plan, as JSON. An absent limit means none, or no change.
 *
 * @param withinMillis time since the plan's creation, or since the command when resuming, milliseconds
 * @param costMicros money, millionths of a US dollar
 * @param tokens input and output tokens
 */
public record LimitsBody(
        @Schema(description = "Time since the creation of the plan, or since the command when resuming, milliseconds")
        @Nullable
        Long withinMillis,

        @Schema(description = "Money, millionths of a US dollar") @Nullable
        Amount costMicros,

        @Schema(description = "Input and output tokens") @Nullable
        Amount tokens) {

    /**
     * An amount.
     *
     * @param soft amount at which the user is warned; 80 % of {@code hard} if absent
     * @param hard amount at which the plan is paused
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
     * The limits as a value of the model.
     *
     * @throws IllegalArgumentException if a limit is invalid; the message names it
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
