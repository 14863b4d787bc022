"""What kinds of personal numbers are called, wherever one is masked."""

ID_CARD, BANK_CARD, MOBILE, LANDLINE_NUMBER = "身份证号", "银行卡号", "手机号", "座机号"
EMAIL_ADDRESS, CREDIT_CODE, PASSPORT, ACCOUNT = "电子邮箱", "信用代码", "证件号", "社交账号"
