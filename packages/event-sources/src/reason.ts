/** Characters of a tag's value: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export const reasonPattern = /^[\p{L}\p{N} _.:/=+@-]{1,200}$/u;
