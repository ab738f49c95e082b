from Crypto.Cipher import AES, DES3
from Crypto.PublicKey import RSA
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def encrypt(key, data):
    # ruleid: weak-cipher-or-key
    Cipher(algorithms.ARC4(key), mode=None)
    # ruleid: weak-cipher-or-key
    Cipher(algorithms.AES(key), modes.ECB())
    # ruleid: weak-cipher-or-key
    DES3.new(key, DES3.MODE_CBC)
    # ruleid: weak-cipher-or-key
    return AES.new(key, AES.MODE_ECB).encrypt(data)


def keys():
    # ruleid: weak-cipher-or-key
    rsa.generate_private_key(public_exponent=65537, key_size=1024)
    # ruleid: weak-cipher-or-key
    RSA.generate(1024)
    # ruleid: weak-cipher-or-key
    ec.generate_private_key(ec.SECP192R1())


def fixed(key, nonce, data):
    # ok: weak-cipher-or-key
    AESGCM(key).encrypt(nonce, data, None)
    # ok: weak-cipher-or-key
    Cipher(algorithms.AES(key), modes.GCM(nonce))
    # ok: weak-cipher-or-key
    AES.new(key, AES.MODE_GCM)
    # ok: weak-cipher-or-key
    rsa.generate_private_key(public_exponent=65537, key_size=3072)
    # ok: weak-cipher-or-key
    ec.generate_private_key(ec.SECP256R1())
