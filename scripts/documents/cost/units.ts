export const hoursOfAMonth = 730;
export const million = 1_000_000;
/** The gigabyte of prices for traffic, logs and storage. */
export const gigabyte = 1e9;
