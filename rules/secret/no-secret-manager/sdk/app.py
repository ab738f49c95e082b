import boto3

client = boto3.client("secretsmanager")
password = client.get_secret_value(SecretId="db")
