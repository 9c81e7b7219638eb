package io.taskweaver.code;

/**
 * Why a repository of a user is left as it is.
 *
 * @param reason what is in the way
 * @param remedy what to do about it
 */
public record Refusal(String reason, String remedy) {}
