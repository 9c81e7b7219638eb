package io.taskweaver.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What a plan may use up. At a hard limit nothing more is dispatched until a person raises it; what runs goes on. At a
 * soft one the user is warned.
 *
 * @param within time from the plan's creation
 * @param cost money, millionths of a US dollar
 * @param tokens tokens in and out
 */
public record Limits(Optional<Duration> within, Optional<Allowance> cost, Optional<Allowance> tokens) {
    public static final Limits NONE = new Limits(Optional.empty(), Optional.empty(), Optional.empty());

    /** The longest time that a plan or an attempt may be given: what is longer is a mistake, and no date. */
    public static final Duration LONGEST = Duration.ofDays(36_500);

    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

    public Limits {
        if (within.isPresent() && !within.get().isPositive())
            throw new IllegalArgumentException("a plan's time limit must be positive");
        if (within.isPresent() && within.get().compareTo(LONGEST) > 0)
            throw new IllegalArgumentException("a plan's time limit must not be above " + LONGEST.toDays() + " days");
    }

    /**
     * An amount.
     *
     * @param soft where the user is warned
     * @param hard where dispatch stops
     */
    public record Allowance(long soft, long hard) {
        private static final int WARNED_AT_PERCENT = 80;

        public Allowance {
            if (hard < 1) throw new IllegalArgumentException("a budget must be positive");
            if (soft < 0 || soft > hard)
                throw new IllegalArgumentException("a budget's soft limit must not be above its hard one");
        }

        /** One whose user is warned at four fifths of it. */
        public static Allowance of(long hard) {
            return new Allowance(hard - hard / 100 * (100 - WARNED_AT_PERCENT), hard);
        }
    }

    /** These limits, with what {@code changed} has in place of what they have; its time counts from {@code elapsed}. */
    public Limits changed(Limits changed, Duration elapsed) {
        return new Limits(
                changed.within
                        .map(elapsed::plus)
                        .map(limit -> limit.compareTo(LONGEST) > 0 ? LONGEST : limit)
                        .or(() -> within),
                changed.cost.or(() -> cost),
                changed.tokens.or(() -> tokens));
    }

    /** Why nothing more may be dispatched; empty if it may. */
    public Optional<String> reached(Usage used, Instant createdAt, Instant now) {
        if (cost.isPresent() && used.costMicros() >= cost.get().hard())
            return Optional.of("The budget of " + money(cost.get().hard()) + " is used up: " + money(used.costMicros())
                    + " was spent");
        if (tokens.isPresent() && used.tokens() >= tokens.get().hard())
            return Optional.of("The budget of " + count(tokens.get().hard()) + " tokens is used up: "
                    + count(used.tokens()) + " were used");
        return within.filter(limit -> !now.isBefore(createdAt.plus(limit)))
                .map(limit -> "The deadline of the plan has passed: " + createdAt.plus(limit));
    }

    /** What to warn of when {@code before} became {@code after}; empty if no soft limit was passed. */
    public Optional<String> passed(Usage before, Usage after) {
        if (cost.isPresent()
                && before.costMicros() < cost.get().soft()
                && after.costMicros() >= cost.get().soft())
            return Optional.of(money(after.costMicros()) + " of the budget of "
                    + money(cost.get().hard()) + " is spent");
        if (tokens.isPresent()
                && before.tokens() < tokens.get().soft()
                && after.tokens() >= tokens.get().soft())
            return Optional.of(count(after.tokens()) + " of the budget of "
                    + count(tokens.get().hard()) + " tokens are used");
        return Optional.empty();
    }

    /** An amount of money for a person, e.g. {@code $1.25}. */
    public static String money(long costMicros) {
        var dollars = BigDecimal.valueOf(costMicros).divide(MICROS);
        return "$"
                + (dollars.scale() <= 2 ? dollars.setScale(2) : dollars.setScale(4, RoundingMode.UP)).toPlainString();
    }

    private static String count(long tokens) {
        return String.format(Locale.ROOT, "%,d", tokens);
    }
}
