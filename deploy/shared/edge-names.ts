/** The last part of the names of the secret that CloudFront sends, and of the store that CloudFront reads it from. */
export const originSecretName = "origin-secret";
export const originStoreName = "origin";
/** The key of that store. */
export const originSecretKey = "secret";
