"""Baselines: a git ref, a folder, an archive, each read without writing anything."""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest
from tests.support.project import make_project
from tests.support.repository import commit, git

from avow.check import archive
from avow.check.baseline import Baseline, Layout, blob_id, layout_of, settings_in
from avow.check.named import resolve
from avow.config import Project, Settings, read
from avow.errors import AvowError

A = '{"type": "record", "name": "a.A", "fields": []}'
B = '{"type": "record", "name": "a.B", "fields": []}'


def project_at(root: Path) -> Project:
    settings = read(root)
    assert settings is not None
    return Project(root.resolve(), settings)


def repository(root: Path, settings: str = "") -> Path:
    make_project(root, {"a/A.avsc": A}, settings)
    git(root, "init", "-q", "-b", "main")
    return root


def contents(found: Baseline) -> dict[str, bytes]:
    return found.schemas.read(found.schemas.digests)


def refusal(project: Project, text: str) -> AvowError:
    with pytest.raises(AvowError) as caught:
        resolve(project, text, project.root)
    return caught.value


class TestGit:
    def test_the_merge_base(self, tmp_path: Path) -> None:
        root = repository(tmp_path)
        first = commit(root)
        git(root, "checkout", "-q", "-b", "work")
        (root / "schemas/a/A.avsc").write_text(B)
        commit(root)
        git(root, "checkout", "-q", "main")
        (root / "schemas/a/C.avsc").write_text(A)
        commit(root)
        git(root, "checkout", "-q", "work")
        found = resolve(project_at(root), "main")
        assert found.note == f"main: commit {first[:12]}, where HEAD left it"
        assert contents(found) == {"schemas/a/A.avsc": A.encode()}
        assert found.schemas.digests == {"schemas/a/A.avsc": blob_id(A.encode())}

    def test_the_tip(self, tmp_path: Path) -> None:
        root = repository(tmp_path)
        first = commit(root)
        assert resolve(project_at(root), "HEAD").note == f"HEAD: commit {first[:12]}, its tip"

    def test_nothing_is_written(self, tmp_path: Path) -> None:
        root = repository(tmp_path)
        commit(root)
        before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
        assert contents(resolve(project_at(root), "HEAD"))
        assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before

    def test_frozen_hidden_and_generated_files_are_no_schemas(self, tmp_path: Path) -> None:
        root = repository(tmp_path, 'schemas = "all"\ngenerated = "all/made"')
        for name in ("A.avsc", ".B.avsc", ".h/B.avsc", "released/x/1.avsc", "made/B.avsc", "deep/released/C.avsc"):
            path = root / "all" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(A)
        commit(root)
        assert [*resolve(project_at(root), "HEAD").schemas.digests] == ["all/A.avsc", "all/deep/released/C.avsc"]

    def test_a_schemas_folder_that_moved(self, tmp_path: Path) -> None:
        root = repository(tmp_path)
        commit(root)
        (root / "src").mkdir()
        (root / "schemas").rename(root / "src/avro")
        (root / "pyproject.toml").write_text('[tool.avow]\nschemas = "src/avro"\n')
        assert [*resolve(project_at(root), "HEAD").schemas.digests] == ["schemas/a/A.avsc"]

    def test_a_project_that_moved(self, tmp_path: Path) -> None:
        root = repository(tmp_path)
        commit(root)
        (root / "service").mkdir()
        for name in ("schemas", "pyproject.toml"):
            (root / name).rename(root / "service" / name)
        assert [*resolve(project_at(root / "service"), "HEAD").schemas.digests] == ["schemas/a/A.avsc"]

    def test_a_project_in_a_folder(self, tmp_path: Path) -> None:
        git(tmp_path, "init", "-q", "-b", "main")
        root = make_project(tmp_path / "sub folder/ü", {"a/A.avsc": A})
        make_project(tmp_path / "other", {"a/B.avsc": B})
        commit(tmp_path)
        assert contents(resolve(project_at(root), "HEAD")) == {"sub folder/ü/schemas/a/A.avsc": A.encode()}

    def test_a_worktree(self, tmp_path: Path) -> None:
        root = repository(tmp_path / "main")
        commit(root)
        git(root, "worktree", "add", "-q", "-b", "work", str(tmp_path / "work"))
        assert contents(resolve(project_at(tmp_path / "work"), "main")) == {"schemas/a/A.avsc": A.encode()}

    def test_in_a_hook(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        git(tmp_path, "init", "-q", "-b", "main")
        root = make_project(tmp_path / "sub", {"a/A.avsc": A})
        commit(tmp_path)
        monkeypatch.setenv("GIT_DIR", ".git")
        monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
        assert resolve(project_at(root), "HEAD").schemas.digests

    def test_links_are_followed_as_long_as_they_stay_inside(self, tmp_path: Path) -> None:
        root = repository(tmp_path)
        (root / "shared").mkdir()
        (root / "shared/B.avsc").write_text(B)
        (root / "schemas/shared").symlink_to("../shared")
        (root / "schemas/out").symlink_to("../../elsewhere")
        (root / "schemas/a/loop").symlink_to("../a")
        commit(root)
        found = contents(resolve(project_at(root), "HEAD"))
        assert found["schemas/shared/B.avsc"] == B.encode()
        assert found["schemas/a/A.avsc"] == A.encode()

    def test_an_unknown_ref(self, tmp_path: Path) -> None:
        root = repository(tmp_path)
        commit(root)
        assert str(refusal(project_at(root), "nope")) == (
            "there is no git ref, folder or archive nope\n  `git branch --all` and `git tag` list what there is."
        )
        git(root, "remote", "add", "origin", "https://example.org/x.git")
        assert refusal(project_at(root), "origin/main").fix == (
            "Fetch it: `git fetch origin main:refs/remotes/origin/main`"
        )
        assert refusal(project_at(root), "release").fix == (
            "Fetch it: `git fetch origin release:refs/remotes/origin/release`, then `--against origin/release`"
        )
        git(root, "update-ref", "refs/remotes/origin/release", "HEAD")
        assert refusal(project_at(root), "release").fix == "Did you mean origin/release?"

    @pytest.mark.parametrize("text", ["", "--output=x", "-h", "a..b", "HEAD:schemas", "x\0y", "HEAD^{tree}", "@{"])
    def test_what_is_no_ref(self, tmp_path: Path, text: str) -> None:
        root = repository(tmp_path)
        commit(root)
        assert "is no git ref" in (said := refusal(project_at(root), text).what) or "there is no git ref" in said

    def test_no_repository(self, tmp_path: Path) -> None:
        root = make_project(tmp_path, {"a/A.avsc": A})
        assert refusal(project_at(root), "main").what == f"{root.resolve().as_posix()} is in no git repository"

    def test_no_git(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        root = make_project(tmp_path, {"a/A.avsc": A})
        monkeypatch.setenv("PATH", str(tmp_path))
        assert refusal(project_at(root), "main").what == "there is no git here"

    def test_no_schemas_there(self, tmp_path: Path) -> None:
        git(tmp_path, "init", "-q", "-b", "main")
        mark = commit(tmp_path)
        root = make_project(tmp_path, {"a/A.avsc": A})
        assert refusal(project_at(root), "main").what == f"there are no schemas in schemas at main (commit {mark[:12]})"

    def test_nothing_in_common(self, tmp_path: Path) -> None:
        root = repository(tmp_path)
        commit(root)
        git(root, "checkout", "-q", "--orphan", "other")
        commit(root, "Other")
        assert refusal(project_at(root), "main").what == "HEAD and main have no commit in common"

    def test_no_commit_yet(self, tmp_path: Path) -> None:
        root = repository(tmp_path)
        commit(root)
        git(root, "checkout", "-q", "--orphan", "other")
        assert refusal(project_at(root), "main").what == "HEAD has no commit yet, so it has left no other"


class TestShallow:
    @pytest.fixture
    def origin(self, tmp_path: Path) -> Path:
        root = repository(tmp_path / "origin")
        commit(root, "First")
        git(root, "checkout", "-q", "-b", "work")
        (root / "schemas/a/B.avsc").write_text(B)
        commit(root, "Work")
        git(root, "checkout", "-q", "main")
        commit(root, "Meanwhile")
        git(root, "checkout", "-q", "-b", "merged")
        git(root, "merge", "-q", "--no-ff", "-m", "Merge", "work")
        return root

    def clone(self, origin: Path, branch: str) -> Project:
        root = origin.parent / "clone"
        git(origin.parent, "clone", "-q", "--depth=1", "-b", branch, f"file://{origin}", str(root))
        git(root, "fetch", "-q", "--depth=1", "origin", "main:refs/remotes/origin/main")
        return project_at(root)

    def test_the_tip_that_a_merge_commit_names(self, origin: Path) -> None:
        found = resolve(self.clone(origin, "merged"), "origin/main")
        mark = git(origin, "rev-parse", "main")
        assert found.note == f"origin/main: commit {mark[:12]}, its tip and a parent of HEAD"
        assert [*found.schemas.digests] == ["schemas/a/A.avsc"]

    def test_what_is_out_of_reach(self, origin: Path) -> None:
        assert str(refusal(self.clone(origin, "work"), "origin/main")) == (
            "this clone is shallow, and does not reach the commit where HEAD left origin/main\n"
            "  Fetch the history: `git fetch --unshallow origin`. In CI, check out with the whole history."
        )

    def test_the_command_in_the_message_helps(self, origin: Path) -> None:
        project = self.clone(origin, "work")
        git(project.root, "fetch", "-q", "--unshallow", "origin")
        assert "where HEAD left it" in resolve(project, "origin/main").note


class TestFolder:
    def test_a_project(self, tmp_path: Path) -> None:
        project = project_at(make_project(tmp_path / "new", {"a/A.avsc": B}))
        make_project(tmp_path / "old", {"a/A.avsc": A, "released/a.A/1.avsc": A}, 'schemas = "schemas"')
        found = resolve(project, "../old", project.root)
        assert (found.label, found.note, contents(found)) == ("../old", "", {"schemas/a/A.avsc": A.encode()})

    def test_only_schemas(self, tmp_path: Path) -> None:
        project = project_at(make_project(tmp_path / "new", {"a/A.avsc": B}))
        make_project(tmp_path / "old", {"a/A.avsc": A})
        assert contents(resolve(project, str(tmp_path / "old/schemas"))) == {"a/A.avsc": A.encode()}
        assert contents(resolve(project, str(tmp_path / "old/schemas/a"))) == {"A.avsc": A.encode()}

    def test_none(self, tmp_path: Path) -> None:
        project = project_at(make_project(tmp_path, {"a/A.avsc": B}))
        (tmp_path / "empty").mkdir()
        assert refusal(project, "empty").what == "there are no schemas in the folder empty"


def tar(path: Path, members: dict[str, bytes], mode: str = "w:gz") -> None:
    with tarfile.open(path, mode) as file:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            file.addfile(info, io.BytesIO(data))


class TestArchive:
    @pytest.fixture
    def project(self, tmp_path: Path) -> Project:
        return project_at(make_project(tmp_path, {"a/A.avsc": B}))

    @pytest.mark.parametrize("form", ["zip", "tar", "tar.gz"])
    @pytest.mark.parametrize("prefix", ["", "old-1.2/"])
    def test_what_git_archives(self, tmp_path: Path, form: str, prefix: str) -> None:
        root = repository(tmp_path)
        commit(root)
        git(root, "archive", f"--format={form}", f"--prefix={prefix}", "-o", f"old.{form}", "HEAD")
        found = resolve(project_at(root), f"old.{form}", root)
        assert contents(found) == {f"{prefix}schemas/a/A.avsc": A.encode()}

    def test_only_schemas(self, tmp_path: Path, project: Project) -> None:
        with zipfile.ZipFile(tmp_path / "x.zip", "w") as file:
            file.writestr("a/A.avsc", A)
        assert contents(resolve(project, "x.zip", tmp_path)) == {"a/A.avsc": A.encode()}

    def test_paths_that_lead_out_and_links_are_passed_over(self, tmp_path: Path, project: Project) -> None:
        bad = {"/etc/A.avsc": b"1", "../B.avsc": b"2", "a/../../C.avsc": b"3", "./a/A.avsc": A.encode()}
        tar(tmp_path / "x.tar.gz", bad)
        assert contents(resolve(project, "x.tar.gz", tmp_path)) == {"a/A.avsc": A.encode()}
        with tarfile.open(tmp_path / "y.tar", "w") as file:
            for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE):
                info = tarfile.TarInfo("link.avsc")
                info.type, info.linkname = kind, "/etc/passwd"
                file.addfile(info)
        assert refusal(project, "y.tar").what == "there are no schemas in this archive"

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no", b"\x1f\x8b\x08 no", os.urandom(600), b"{}"])
    def test_no_archive(self, tmp_path: Path, project: Project, data: bytes) -> None:
        (tmp_path / "x.zip").write_bytes(data)
        found = refusal(project, "x.zip")
        assert (found.file, found.what.startswith("cannot be read as an archive: ")) == ("x.zip", True)

    def test_what_is_cut_off(self, tmp_path: Path, project: Project) -> None:
        tar(tmp_path / "x.tar.gz", {"a/A.avsc": os.urandom(100_000)})
        whole = (tmp_path / "x.tar.gz").read_bytes()
        (tmp_path / "x.tar.gz").write_bytes(whole[:50_000])
        assert refusal(project, "x.tar.gz").what.startswith("cannot be read")

    def test_limits(self, tmp_path: Path, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        tar(tmp_path / "x.tar.gz", {"a/A.avsc": b" " * 5000, "b/B.avsc": b" " * 5000})
        monkeypatch.setattr(archive, "MAX_TOTAL", 9000)
        assert refusal(project, "x.tar.gz").what == "holds more than is read of an archive"
        monkeypatch.setattr(archive, "MAX_TOTAL", 90000)
        monkeypatch.setattr(archive, "MAX_MEMBERS", 1)
        assert refusal(project, "x.tar.gz").what == "holds more than is read of an archive"


@pytest.mark.parametrize(
    ("text", "schemas"),
    [
        ('[tool.avow]\nschemas = "a/b"\n', "a/b"),
        ('[tool.avow]\nschemas = "../b"\n', "schemas"),
        ("[tool.avow]\nschemas = 3\nunheard_of = true\n", "schemas"),
        ("[tool.other]\n", None),
        ("[tool.avow\n", None),
        ("tool = 3\n", None),
    ],
)
def test_settings_of_another_day(text: str, schemas: str | None) -> None:
    found = settings_in(text.encode())
    assert (found and found.schemas) == schemas


def test_where_schemas_are() -> None:
    def nothing(path: str) -> bytes:
        return b""

    assert layout_of(["x/schemas/a.avsc"], nothing, Settings()).schemas == "x/schemas"
    assert layout_of(["a/b.avsc"], nothing, Settings()).schemas == ""
    assert Layout("", "released").holds("a/b.avsc")
    assert not Layout("", "released").holds("released/b.avsc")
    assert not Layout("s", "").holds("t/b.avsc")
