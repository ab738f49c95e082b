//! A tree that is generated the same every time: services with code, a Dockerfile and requirements each, and one Compose
//! project over them.

use std::fs;
use std::path::Path;

const SERVICES: usize = 40;
const MODULES: usize = 20;

/// The tree on disk.
pub(crate) struct Tree {
    folder: tempfile::TempDir,
    /// Bytes of all texts.
    pub(crate) bytes: u64,
}

impl Tree {
    /// Writes it to a temporary folder.
    pub(crate) fn generate() -> std::io::Result<Self> {
        let mut tree = Self { folder: tempfile::tempdir()?, bytes: 0 };
        for service in 0..SERVICES {
            for module in 0..MODULES {
                tree.write(&format!("svc{service}/app/m{module}.py"), &module_text(module))?;
            }
            tree.write(&format!("svc{service}/requirements.txt"), "fastapi==0.115.0\nsqlalchemy>=2\nhttpx\n")?;
            tree.write(
                &format!("svc{service}/Dockerfile"),
                "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD [\"python\", \"-m\", \"app.m0\"]\n",
            )?;
        }
        tree.write("docker-compose.yml", &compose_text())?;
        Ok(tree)
    }

    fn write(&mut self, path: &str, text: &str) -> std::io::Result<()> {
        let path = self.path().join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        self.bytes += text.len() as u64;
        fs::write(path, text)
    }

    /// Its root.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// The text of a module of code.
pub(crate) fn module_text(module: usize) -> String {
    let mut text =
        String::from("import subprocess\nimport httpx\nfrom fastapi import APIRouter\n\nrouter = APIRouter()\n\n");
    for at in 0..30 {
        text.push_str(&format!(
            "@router.get(\"/items/{module}/{at}\")\nasync def item_{at}(key: str, limit: int = 10) -> dict:\n    \
             async with httpx.AsyncClient(timeout=5) as client:\n        reply = await client.get(f\"http://svc{at}/{{key}}\")\n    \
             subprocess.run([\"convert\", key, str(limit)], check=True)\n    return {{\"key\": key, \"value\": reply.json()}}\n\n\n"
        ));
    }
    text
}

/// The text of the Compose project.
pub(crate) fn compose_text() -> String {
    let mut text = String::from("services:\n");
    for service in 0..SERVICES {
        text.push_str(&format!(
            "  svc{service}:\n    build: ./svc{service}\n    ports: [\"{}:8000\"]\n    environment:\n      - DATABASE_URL=postgres://db/app\n    \
             depends_on: [db]\n    restart: unless-stopped\n",
            9000 + service
        ));
    }
    text.push_str(
        "  db:\n    image: postgres:16\n    volumes: [\"data:/var/lib/postgresql/data\"]\nvolumes:\n  data:\n",
    );
    text
}
