from unittest import TestCase


class AnswersTestCase(TestCase):
    def test_a(self):
        answer = self.client.get("/a")
        # pass: no-security-tests
        self.assertEqual(answer.status_code, 403)

    def test_b(self):
        self.assertContains(self.client.get("/a"), "missing key", status_code=401)

    def test_c(self):
        self.assertEqual(401, 401)
